-------------------------- MODULE ReplacedCounter --------------------------
EXTENDS Naturals
VARIABLE n
Choices == {0}
Step == \E m \in Nat : \E k \in Choices : n' = (m + k) % 5
=============================================================================
