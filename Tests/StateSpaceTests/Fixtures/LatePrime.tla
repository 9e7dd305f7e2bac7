---- MODULE LatePrime ----
\* What is assigned in one conjunct is tested in those behind it, through nested quantifiers and a conditional.
EXTENDS Naturals
VARIABLES x, y, z
Init == x = 0 /\ y = 0 /\ z = {}
Next ==
  /\ \E i \in 0..2 : x' = (x + i) % 4
  /\ \E j \in 0..3 : /\ j = x'
                     /\ y' \in {j, (j + 1) % 4}
  /\ IF y' = x' THEN z' = z ELSE \E k \in {x', y'} : z' = {k} /\ x' + y' < 5
  /\ z' # {3}
====
