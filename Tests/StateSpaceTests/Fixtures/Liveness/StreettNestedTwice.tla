---- MODULE StreettNestedTwice ----
\* A component inside of a component inside of a component: two strong fairness conditions remove nodes 0 and 1
\* in turn, and the cycle of 2 and 3 is still a fair loop.
EXTENDS Naturals
VARIABLE node

\* A graph of numbered nodes; each edge is a step.
Edges == { <<0, 1>>, <<1, 0>>, <<1, 2>>, <<2, 1>>, <<2, 3>>, <<3, 2>>, <<0, 4>>, <<1, 4>>, <<4, 4>> }
Edge(from, to) == node = from /\ node' = to
To(n) == node' = n /\ <<node, n>> \in Edges
Init == node = 0
Next == \E e \in Edges : Edge(e[1], e[2])
Spec == /\ Init
        /\ [][Next]_node
        /\ WF_node(Next)
        /\ SF_node(Edge(0, 4))
        /\ SF_node(Edge(1, 4))

Prop == <>(node = 4)
====
