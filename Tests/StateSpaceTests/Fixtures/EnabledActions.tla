-------------------------- MODULE EnabledActions ---------------------------
(* ENABLED in an invariant and in an action, of actions with parameters. *)
EXTENDS Naturals
VARIABLES x, y

Up(n) == x + n < 5 /\ x' = x + n /\ y' = y
Down == x > 0 /\ y < 2 /\ x' \in {x - 1} /\ y' = y + 1
Reset == ~ENABLED Up(1) /\ ~ENABLED Down /\ x' = 0 /\ y' = 0

Init == x = 0 /\ y = 0
Next == (\E n \in 1..2 : Up(n)) \/ Down \/ Reset

Never == ~ENABLED (x' = 1 /\ x' = 2)
Larger == ENABLED Up(2) => ENABLED Up(1)
Primed == ENABLED (LET next == x' IN next = 0)
=============================================================================
