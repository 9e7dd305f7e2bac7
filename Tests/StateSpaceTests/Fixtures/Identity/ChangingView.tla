------------------------- MODULE ChangingView -------------------------
\* An expression as the view that uses a definition with a CASE; the size of the difference decides and not the two numbers.
EXTENDS Integers
VARIABLES l, r
Init == l = 0 /\ r = 0
Next == \/ l < 6 /\ l' = l + 1 /\ r' = r
        \/ r < 6 /\ r' = r + 1 /\ l' = l
Gap == CASE l > r -> l - r [] r > l -> r - l [] OTHER -> 0
Class(g) == IF g < 2 THEN "near" ELSE IF g < 4 THEN "far" ELSE "away"
View == <<Class(Gap), (l + r) % 2>>
Ok == Gap < 5
=======================================================================
