---- MODULE StreettSixConditions ----
\* Six strong fairness conditions, by a quantifier. Together they force all six nodes of the ring to be visited.
EXTENDS Naturals
VARIABLE node

\* A graph of numbered nodes; each edge is a step.
Edges == { <<0, 1>>, <<1, 2>>, <<2, 3>>, <<3, 4>>, <<4, 5>>, <<5, 0>>, <<3, 0>>, <<1, 0>> }
Edge(from, to) == node = from /\ node' = to
To(n) == node' = n /\ <<node, n>> \in Edges
Init == node = 0
Next == \E e \in Edges : Edge(e[1], e[2])
Spec == /\ Init
        /\ [][Next]_node
        /\ WF_node(Next)
        /\ \A n \in 0..5 : SF_node(To(n))

Prop == \A n \in 0..5 : []<>(node = n)
====
