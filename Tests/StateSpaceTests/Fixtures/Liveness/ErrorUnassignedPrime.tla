---- MODULE ErrorUnassignedPrime ----
\* Fairness of an action that reads the new value before it gives the variable one.
EXTENDS Naturals, Sequences
VARIABLE letters

\* One letter after the other is put on a table of three places.
Init == letters = <<>>
Put == Len(letters) < 3 /\ letters' = Append(letters, "x")
Clear == Len(letters) = 3 /\ letters' = <<>>
Next == Put \/ Clear
Peek == Len(letters') = 1 /\ letters' = <<"y">>
Spec == /\ Init
        /\ [][Next]_letters
        /\ WF_letters(Peek)

Prop == <>(letters # <<>>)
====
