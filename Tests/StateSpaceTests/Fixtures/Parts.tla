------------------------------- MODULE Parts -------------------------------
(* Parts of definitions, named by their place or by a label. *)
EXTENDS Naturals, Sequences
VARIABLE x

Pair(a, b) == <<a + b, LET Twice(n) == n * 2 IN Twice(a) + b>>
Some(S) == \E n \in S : n > 2 /\ inside(n) :: n < 9
Both == /\ x \in 0..6
        /\ small :: x < 7
        /\ ~ big :: x > 6
Arm(n) == CASE n = 0 -> "none" [] OTHER -> "some"
Table == [i \in 1..3, j \in {4} |-> i * j]
Apply(Op(_), n) == Op(n)
THEOREM Known == /\ 1 = 1
                 /\ 2 = 3

ASSUME Pair(3, 4)!1 = 7
ASSUME Pair(3, 4)!1!<< = 3
ASSUME Pair(3, 4)!2!1 = 10
ASSUME Pair(3, 4)!2!Twice(5) = 10
ASSUME Some({3})!1 = {3}
ASSUME Some({3})!(5)!<< /\ ~Some({3})!(1)!<<
ASSUME Some({3})!inside(8) /\ ~Some({3})!inside(10)
ASSUME Arm(0)!1!2 = "none" /\ Arm(0)!2!2 = "some"
ASSUME Table!1 = 1..3 /\ Table!2 = {4} /\ Table!(2, 4) = 8
ASSUME Known!1 /\ ~Known!2
ASSUME Known!: = FALSE

Init == x = 0
Next == x' = (x + 1) % 7
First == Both!1
Small == Both!small
All == Both!:
=============================================================================
