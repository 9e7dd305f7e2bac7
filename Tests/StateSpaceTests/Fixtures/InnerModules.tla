---- MODULE InnerModules ----
(* A module inside a module does not know what the outer one defines behind it: both may define Spec. *)
EXTENDS Naturals

  ---- MODULE Inner ----
  VARIABLE x
  Limit == 2
  Step == x < Limit /\ x' = x + 1
  Spec == x = 0 /\ [][Step]_x
  ====

VARIABLES x, y

Step == x < 3 /\ x' = x + 1 /\ UNCHANGED y
Limit == 3
I == INSTANCE Inner
Spec == x = 0 /\ y = 0 /\ [][Step \/ (y < Limit /\ I!Step /\ y' = y + 1)]_<<x, y>>
====
