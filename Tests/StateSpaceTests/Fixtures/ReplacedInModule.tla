------------------------- MODULE ReplacedInModule --------------------------
(* A definition and an operator of a standard module, replaced in one module only. *)
EXTENDS ReplacedCounter
Few == 0..3
Odd == {1, 3}
Init == n = 0
Next == Step
Here == Choices = Odd
=============================================================================
