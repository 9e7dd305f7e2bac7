---- MODULE Axioms ----
(* An AXIOM is not evaluated. A value of the configuration stands for an operator, whatever its arguments are. *)
EXTENDS Naturals
AXIOM 1 = 2
AXIOM Unbounded == \A n : n = n
VARIABLE x
Guard(n) == n > 1
Init == x = 0
Next == Guard(x) /\ x' = (x + 1) % 3
====
