---- MODULE Substitution ----
\* Constants given by definitions of the module, an operator constant among them.
EXTENDS Naturals
CONSTANTS Size, Op(_, _)
VARIABLE x
SizeHere == 4
Plus(a, b) == a + b
Init == x = 0
Next == x' = Op(x, 3) % Size
Bounded == x < Size
====
