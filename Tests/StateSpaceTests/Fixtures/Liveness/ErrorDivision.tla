---- MODULE ErrorDivision ----
\* The predicate divides by the length of a sequence that is empty initially.
EXTENDS Naturals, Sequences
VARIABLE letters

\* One letter after the other is put on a table of three places.
Init == letters = <<>>
Put == Len(letters) < 3 /\ letters' = Append(letters, "x")
Clear == Len(letters) = 3 /\ letters' = <<>>
Next == Put \/ Clear
Spec == /\ Init
        /\ [][Next]_letters

Prop == []<>(6 \div Len(letters) = 2)
====
