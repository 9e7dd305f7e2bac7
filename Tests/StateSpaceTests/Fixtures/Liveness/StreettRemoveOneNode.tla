---- MODULE StreettRemoveOneNode ----
\* Node 0 enables the fair edge to 3, so that a fair loop must avoid node 0: the inner cycle of 1 and 2 remains.
EXTENDS Naturals
VARIABLE node

\* A graph of numbered nodes; each edge is a step.
Edges == { <<0, 1>>, <<1, 2>>, <<2, 1>>, <<2, 0>>, <<0, 3>>, <<3, 3>> }
Edge(from, to) == node = from /\ node' = to
To(n) == node' = n /\ <<node, n>> \in Edges
Init == node = 0
Next == \E e \in Edges : Edge(e[1], e[2])
Spec == /\ Init
        /\ [][Next]_node
        /\ WF_node(Next)
        /\ SF_node(Edge(0, 3))

Prop == <>(node = 3)
====
