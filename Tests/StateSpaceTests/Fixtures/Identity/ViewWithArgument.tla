----------------------- MODULE ViewWithArgument -----------------------
\* The operator named as the view takes an argument.
EXTENDS Naturals
VARIABLES x, n
Init == x = 0 /\ n = 0
Next == x' = (x + 1) % 3 /\ n' = IF n < 5 THEN n + 1 ELSE n
View(k) == <<x, k>>
Ok == x < 3
=======================================================================
