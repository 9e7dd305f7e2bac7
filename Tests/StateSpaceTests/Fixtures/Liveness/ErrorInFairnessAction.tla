---- MODULE ErrorInFairnessAction ----
\* The action under weak fairness applies a sequence outside of its domain.
EXTENDS Naturals, Sequences
VARIABLE letters

\* One letter after the other is put on a table of three places.
Init == letters = <<>>
Put == Len(letters) < 3 /\ letters' = Append(letters, "x")
Clear == Len(letters) = 3 /\ letters' = <<>>
Next == Put \/ Clear
Mark == letters[1] = "x" /\ letters' = <<"y">>
Spec == /\ Init
        /\ [][Next]_letters
        /\ WF_letters(Next)
        /\ WF_letters(Mark)

Prop == []<>(Len(letters) = 3)
====
