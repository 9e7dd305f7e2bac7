---- MODULE ErrorInPropertyPredicateLater ----
\* The predicate has no value in the initial state, but it has one in other states. TLC 2.19 says so and exits
\* with 0.
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

Prop == <>(letters[1] = "x")
====
