---- MODULE InstanceOperators ----
(* An operator of an instance with parameters, passed without them: it takes them in front of its own. *)
EXTENDS Integers
VARIABLE x

  ---- MODULE Shift ----
  CONSTANT by
  Add(a) == a + by
  Distance(a, b) == (a - b) * by
  Amount == by
  ====

  ---- MODULE Use ----
  CONSTANTS Move(_, _), Weigh(_, _, _), Same(_)
  Moved == Move(1, 2) + Weigh(1, 7, 4) + Same(5)
  ====

S(by) == INSTANCE Shift
U == INSTANCE Use WITH Move <- S!Add, Weigh <- S!Distance, Same <- S!Amount
Twice(F(_, _), a) == F(a, F(a, a))

ASSUME U!Moved = 3 + 3 + 5
ASSUME Twice(S!Add, 3) = 9

Init == x = 0
Next == x < 20 /\ x' = Twice(S!Add, x) + 1
====
