---- MODULE StreettBranchingViolated ----
\* Three of the four edges of a star are strongly fair, so the loop of the counterexample takes those three.
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

Prop == []<>(node = 4)
====
