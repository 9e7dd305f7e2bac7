---- MODULE EnabledArguments ----
(* An action as the argument of an operator that asks only whether it is enabled: that speaks of a state, and can be an invariant. *)
EXTENDS Naturals
VARIABLE x
Can(A) == ENABLED A
Both(A, B) == Can(A) /\ Can(B)
Up == x < 3 /\ x' = x + 1
Down == x > 0 /\ x' = x - 1
Init == x = 1
Next == Up \/ Down
Live == Can(Next)
Free == Both(Up, Down)
====
