---- MODULE StreettSixConditionsViolated ----
\* Five of six strong fairness conditions: the fair loop leaves out the last node.
EXTENDS Naturals
VARIABLE node

\* A graph of numbered nodes; each edge is a step.
Edges == { <<0, 1>>, <<1, 2>>, <<2, 3>>, <<3, 4>>, <<4, 5>>, <<5, 0>>, <<4, 0>> }
Edge(from, to) == node = from /\ node' = to
To(n) == node' = n /\ <<node, n>> \in Edges
Init == node = 0
Next == \E e \in Edges : Edge(e[1], e[2])
Spec == /\ Init
        /\ [][Next]_node
        /\ WF_node(Next)
        /\ \A n \in 0..4 : SF_node(To(n))

Prop == []<>(node = 5)
====
