---- MODULE ErrorInActionProperty ----
\* The action property applies a sequence outside of its domain in the first step.
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

Prop == [][letters[1] = "x"]_letters
====
