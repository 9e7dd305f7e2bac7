---- MODULE Witnesses ----
\* Each witness of \E counts, also those that lead to the same state; an empty set gives none.
EXTENDS Naturals
VARIABLES x, y
Init == x = 0 /\ y = 0
Same == \E i, j \in 1..2 : x' = (x + i * j) % 6 /\ y' = y
Pairs == \E <<a, b>> \in {<<0, 1>>, <<1, 0>>, <<1, 1>>} : x' = x /\ y' = (y + a + b) % 3
Never == \E i \in {j \in 1..3 : j > 3} : x' = i /\ y' = i
Next == Same \/ Pairs \/ Never
====
