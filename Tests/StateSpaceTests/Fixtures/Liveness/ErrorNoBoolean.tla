---- MODULE ErrorNoBoolean ----
\* The predicate below <> is a number. TLC 2.19 says so and exits with 0.
EXTENDS Naturals, Sequences
VARIABLE letters

\* One letter after the other is put on a table of three places.
Init == letters = <<>>
Put == Len(letters) < 3 /\ letters' = Append(letters, "x")
Clear == Len(letters) = 3 /\ letters' = <<>>
Next == Put \/ Clear
Spec == /\ Init
        /\ [][Next]_letters

Prop == <>Len(letters)
====
