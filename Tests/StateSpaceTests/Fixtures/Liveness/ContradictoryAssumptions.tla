---- MODULE ContradictoryAssumptions ----
\* The assumptions contradict each other, so no behavior is left and every property holds.
EXTENDS Naturals
VARIABLE node

\* A graph of numbered nodes; each edge is a step.
Edges == { <<0, 1>>, <<1, 0>> }
Edge(from, to) == node = from /\ node' = to
To(n) == node' = n /\ <<node, n>> \in Edges
Init == node = 0
Next == \E e \in Edges : Edge(e[1], e[2])
Spec == /\ Init
        /\ [][Next]_node
        /\ []<>(node = 0)
        /\ <>[](node = 1)

Prop == <>(node = 7)
====
