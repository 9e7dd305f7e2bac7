---- MODULE HigherOrder ----
\* Operators as arguments: named ones, LAMBDA, an operator symbol, and one that takes an operator that takes one.
EXTENDS Integers, Sequences
VARIABLES x, log
Twice(F(_), a) == F(F(a))
Map(F(_), s) == [i \in 1..Len(s) |-> F(s[i])]
Fold(G(_, _), z, S) ==
  LET R[T \in SUBSET S] == IF T = {} THEN z ELSE LET t == CHOOSE t \in T : TRUE IN G(t, R[T \ {t}])
  IN  R[S]
Inc(a) == a + 1
Init == x = 0 /\ log = <<>>
Next ==
  \/ x < 6 /\ Len(log) < 3 /\ x' = Twice(Inc, x) /\ log' = Map(LAMBDA v : (v * 2) % 5, Append(log, x))
  \/ x > 2 /\ x' = Fold(-, x, {1, 2}) /\ UNCHANGED log
  \/ x > 0 /\ x' = Fold(LAMBDA a, b : a + b, 0, 0..2) /\ log' = <<>>
====
