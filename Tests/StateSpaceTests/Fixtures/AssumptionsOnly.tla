---- MODULE AssumptionsOnly ----
\* No behavior: the assumptions are evaluated, and that is the run.
EXTENDS Naturals, Sequences, FiniteSets
ASSUME Cardinality(SUBSET (1..4)) = 16
ASSUME [x \in {} |-> 1] = <<>>
ASSUME SubSeq(<<1, 2, 3, 4>>, 2, 3) = <<2, 3>>
====
