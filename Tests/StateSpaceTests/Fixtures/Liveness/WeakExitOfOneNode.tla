---- MODULE WeakExitOfOneNode ----
\* Weak fairness of an exit that is enabled in one node of the cycle only: the cycle is fair.
EXTENDS Naturals
VARIABLE node

\* A graph of numbered nodes; each edge is a step.
Edges == { <<0, 1>>, <<1, 0>>, <<0, 2>>, <<2, 2>> }
Edge(from, to) == node = from /\ node' = to
To(n) == node' = n /\ <<node, n>> \in Edges
Init == node = 0
Next == \E e \in Edges : Edge(e[1], e[2])
Spec == /\ Init
        /\ [][Next]_node
        /\ WF_node(To(2))
        /\ WF_node(Next)

Prop == <>(node = 2)
====
