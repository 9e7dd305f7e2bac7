---- MODULE ErrorInPropertyPredicate ----
\* The predicate applies a sequence outside of its domain in every state.
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

Prop == []<>(letters[4] = "x")
====
