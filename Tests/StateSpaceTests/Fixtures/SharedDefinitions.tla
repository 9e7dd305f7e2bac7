---- MODULE SharedDefinitions ----
\* The same bound name at several depths, parameters named as other binders' names: nothing may capture anything.
EXTENDS Naturals
VARIABLES x, y
Add(a, b) == {a + i : i \in 1..b}
Apply(F(_), i) == F(i)
Init == x = 1 /\ y = {}
Next ==
  \/ \E i \in 1..2 : x' = (x + i) % 5 /\ y' = {j \in Add(i, 2) : \E k \in {i} : k < j}
  \/ \E i \in y : x' = Apply(LAMBDA j : (i + j) % 5, x) /\ y' = UNION {{i, j} : j \in y}
  \/ (\A i \in y : i > 1) /\ x' = 0 /\ y' = {}
====
