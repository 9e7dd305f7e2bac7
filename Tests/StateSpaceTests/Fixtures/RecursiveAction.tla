-------------------------- MODULE RecursiveAction --------------------------
(* A recursive operator as an action: it assigns after a number of calls, on several ways, and something follows it. *)
EXTENDS Naturals
VARIABLES x, y
RECURSIVE Move(_, _)
Move(n, sum) == IF n = 0 THEN x' = sum
                ELSE Move(n - 1, sum + n) \/ (sum > 1 /\ Move(n - 1, sum))
Init == x = 0 /\ y = 0
Next == y < 3 /\ Move(y + 1, x) /\ y' = y + 1
Small == x < 11
=============================================================================
