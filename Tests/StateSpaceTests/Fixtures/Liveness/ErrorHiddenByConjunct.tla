---- MODULE ErrorHiddenByConjunct ----
\* The predicate is evaluated from the left, so that its second conjunct is not evaluated where it has no value.
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

Prop == []<>(Len(letters) >= 1 /\ letters[1] = "x")
====
