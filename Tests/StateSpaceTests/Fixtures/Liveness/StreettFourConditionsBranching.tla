---- MODULE StreettFourConditionsBranching ----
\* Four strongly fair edges leave the centre of a star, and all of them are taken again and again.
EXTENDS Naturals
VARIABLE node

\* A graph of numbered nodes; each edge is a step.
Edges == { <<0, 1>>, <<0, 2>>, <<0, 3>>, <<0, 4>>, <<1, 0>>, <<2, 0>>, <<3, 0>>, <<4, 0>> }
Edge(from, to) == node = from /\ node' = to
To(n) == node' = n /\ <<node, n>> \in Edges
Init == node = 0
Next == \E e \in Edges : Edge(e[1], e[2])
Spec == /\ Init
        /\ [][Next]_node
        /\ WF_node(Next)
        /\ SF_node(To(1))
        /\ SF_node(To(2))
        /\ SF_node(To(3))
        /\ SF_node(To(4))

Prop == []<>(node = 1) /\ []<>(node = 2) /\ []<>(node = 3) /\ []<>(node = 4)
====
