---- MODULE RecursiveOperators ----
\* Recursive operators, one over sets by CHOOSE, two that call each other, and a recursive function.
EXTENDS Naturals, FiniteSets
VARIABLE s
RECURSIVE Sum(_)
Sum(S) == IF S = {} THEN 0 ELSE LET x == CHOOSE x \in S : TRUE IN x + Sum(S \ {x})
RECURSIVE Even(_), Odd(_)
Even(n) == IF n = 0 THEN TRUE ELSE Odd(n - 1)
Odd(n) == IF n = 0 THEN FALSE ELSE Even(n - 1)
Factorial[n \in 0..6] == IF n = 0 THEN 1 ELSE n * Factorial[n - 1]
Init == s = {}
Next ==
  \/ \E n \in 1..4 : Even(n + Cardinality(s)) /\ s' = s \union {n}
  \/ Factorial[Cardinality(s)] = Sum(s) /\ s' = s \union {5}
Sums == Sum(s) <= 15
====
