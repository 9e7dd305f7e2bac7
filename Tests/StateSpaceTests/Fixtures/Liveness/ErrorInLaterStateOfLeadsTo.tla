---- MODULE ErrorInLaterStateOfLeadsTo ----
\* The right side of the leads-to has a value in the initial state, but none in the state after it.
EXTENDS Naturals, Sequences
VARIABLE letters

\* One letter after the other is put on a table of three places.
Init == letters = <<>>
Put == Len(letters) < 3 /\ letters' = Append(letters, "x")
Clear == Len(letters) = 3 /\ letters' = <<>>
Next == Put \/ Clear
Spec == /\ Init
        /\ [][Next]_letters
        /\ WF_letters(Next)

Prop == Len(letters) = 3 ~> (letters = <<>> \/ letters[2] = "y")
====
