---- MODULE ChooseFirst ----
\* What CHOOSE takes first: numbers ascend, FALSE comes before TRUE, strings and model values come as they first occur, sets and
\* sequences come by size and then by their elements.
EXTENDS Naturals, Sequences
CONSTANTS M, zeta, alpha
ASSUME (CHOOSE n \in {3, 1, 2} : n > 1) = 2
ASSUME (CHOOSE b \in BOOLEAN : TRUE) = FALSE
ASSUME (CHOOSE w \in {"pear", "fig", "apple"} : TRUE) = "pear"
ASSUME (CHOOSE w \in {"apple", "fig"} : TRUE) = "fig"
ASSUME (CHOOSE m \in M : TRUE) = zeta
ASSUME (CHOOSE m \in M : m # zeta) = alpha
ASSUME (CHOOSE s \in {{1, 2}, {5}, {4}} : TRUE) = {4}
ASSUME (CHOOSE s \in {<<1, 1>>, <<3>>, <<2>>} : TRUE) = <<2>>
ASSUME (CHOOSE s \in SUBSET {1, 2, 3} : 3 \in s /\ s # {3}) = {1, 3}
====
