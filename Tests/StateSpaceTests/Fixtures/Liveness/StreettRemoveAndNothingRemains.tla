---- MODULE StreettRemoveAndNothingRemains ----
\* Each cycle goes through node 0 or node 2, whose edges to 3 are strongly fair: no fair loop remains.
EXTENDS Naturals
VARIABLE node

\* A graph of numbered nodes; each edge is a step.
Edges == { <<0, 1>>, <<1, 2>>, <<2, 1>>, <<2, 0>>, <<0, 3>>, <<2, 3>>, <<3, 3>> }
Edge(from, to) == node = from /\ node' = to
To(n) == node' = n /\ <<node, n>> \in Edges
Init == node = 0
Next == \E e \in Edges : Edge(e[1], e[2])
Spec == /\ Init
        /\ [][Next]_node
        /\ WF_node(Next)
        /\ SF_node(Edge(0, 3))
        /\ SF_node(Edge(2, 3))

Prop == <>(node = 3)
====
