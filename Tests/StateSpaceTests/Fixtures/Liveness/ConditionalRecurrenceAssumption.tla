---- MODULE ConditionalRecurrenceAssumption ----
\* The specification assumes that a node visited infinitely often is left to node 0 infinitely often.
EXTENDS Naturals
VARIABLE node

\* A graph of numbered nodes; each edge is a step.
Edges == { <<0, 1>>, <<1, 2>>, <<2, 1>>, <<2, 0>> }
Edge(from, to) == node = from /\ node' = to
To(n) == node' = n /\ <<node, n>> \in Edges
Init == node = 0
Next == \E e \in Edges : Edge(e[1], e[2])
Spec == /\ Init
        /\ [][Next]_node
        /\ WF_node(Next)
        /\ ([]<>(node = 2) => []<>(node = 0))

Prop == []<>(node = 0)
====
