---- MODULE PersistenceAssumption ----
\* The specification assumes that finally node 0 is left forever; the other cycle may stutter.
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
        /\ <>[](node # 0)

Prop == []<>(node = 2)
====
