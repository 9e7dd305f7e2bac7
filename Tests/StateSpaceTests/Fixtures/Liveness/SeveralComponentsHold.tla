---- MODULE SeveralComponentsHold ----
\* Two separate cycles, both of which satisfy the property.
EXTENDS Naturals
VARIABLE node

\* A graph of numbered nodes; each edge is a step.
Edges == { <<0, 1>>, <<1, 2>>, <<2, 1>>, <<0, 3>>, <<3, 4>>, <<4, 5>>, <<5, 3>> }
Edge(from, to) == node = from /\ node' = to
To(n) == node' = n /\ <<node, n>> \in Edges
Init == node = 0
Next == \E e \in Edges : Edge(e[1], e[2])
Spec == /\ Init
        /\ [][Next]_node
        /\ WF_node(Next)

Prop == []<>(node \in {2, 5})
====
