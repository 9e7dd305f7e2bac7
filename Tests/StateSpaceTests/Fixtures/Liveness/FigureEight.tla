---- MODULE FigureEight ----
\* Two cycles share node 0. A fair behavior takes one of them again and again, in any order.
EXTENDS Naturals
VARIABLE node

\* A graph of numbered nodes; each edge is a step.
Edges == { <<0, 1>>, <<1, 0>>, <<0, 2>>, <<2, 3>>, <<3, 0>> }
Edge(from, to) == node = from /\ node' = to
To(n) == node' = n /\ <<node, n>> \in Edges
Init == node = 0
Next == \E e \in Edges : Edge(e[1], e[2])
Spec == /\ Init
        /\ [][Next]_node
        /\ WF_node(Next)

Prop == []<>(node = 1) \/ []<>(node = 3)
====
