---- MODULE SelfLoopIsStuttering ----
\* A step from a node to itself is a stuttering step: weak fairness of the whole next-state action excludes
\* staying there.
EXTENDS Naturals
VARIABLE node

\* A graph of numbered nodes; each edge is a step.
Edges == { <<0, 1>>, <<1, 1>>, <<1, 0>> }
Edge(from, to) == node = from /\ node' = to
To(n) == node' = n /\ <<node, n>> \in Edges
Init == node = 0
Next == \E e \in Edges : Edge(e[1], e[2])
Spec == /\ Init
        /\ [][Next]_node
        /\ WF_node(Next)

Prop == []<>(node = 0)
====
