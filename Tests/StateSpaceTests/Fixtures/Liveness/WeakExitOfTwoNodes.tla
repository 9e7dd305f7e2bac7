---- MODULE WeakExitOfTwoNodes ----
\* Weak fairness of an exit that is enabled in both nodes of the cycle, so the cycle must be left.
EXTENDS Naturals
VARIABLE node

\* A graph of numbered nodes; each edge is a step.
Edges == { <<0, 1>>, <<1, 0>>, <<0, 2>>, <<1, 2>>, <<2, 2>> }
Edge(from, to) == node = from /\ node' = to
To(n) == node' = n /\ <<node, n>> \in Edges
Init == node = 0
Next == \E e \in Edges : Edge(e[1], e[2])
Spec == /\ Init
        /\ [][Next]_node
        /\ WF_node(To(2))

Prop == <>(node = 2)
====
