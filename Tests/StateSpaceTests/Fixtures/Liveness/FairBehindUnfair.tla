---- MODULE FairBehindUnfair ----
\* The cycle of 0 and 1 is unfair, as its exit is strongly fair. The violating cycle lies after it.
EXTENDS Naturals
VARIABLE node

\* A graph of numbered nodes; each edge is a step.
Edges == { <<0, 1>>, <<1, 0>>, <<1, 2>>, <<2, 3>>, <<3, 2>> }
Edge(from, to) == node = from /\ node' = to
To(n) == node' = n /\ <<node, n>> \in Edges
Init == node = 0
Next == \E e \in Edges : Edge(e[1], e[2])
Spec == /\ Init
        /\ [][Next]_node
        /\ WF_node(Next)
        /\ SF_node(Edge(1, 2))

Prop == []<>(node < 2)
====
