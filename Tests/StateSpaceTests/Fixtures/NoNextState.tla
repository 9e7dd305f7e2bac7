---------------------------- MODULE NoNextState ----------------------------
(* A formula that says how a behavior begins and not how it goes on. *)
VARIABLE x
Init == x = 0
Spec == Init
=============================================================================
