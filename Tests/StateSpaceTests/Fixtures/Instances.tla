----------------------------- MODULE Instances -----------------------------
\* Instances in every form: with names substituted and implied, with parameters, inside one another, local, and in a LET.
EXTENDS Naturals
VARIABLES a, b, pair

One(x) == x + 1
A == INSTANCE InstancedCounter WITH Max <- 3, Step <- One, n <- a
B(most) == INSTANCE InstancedCounter WITH Max <- most, Step <- LAMBDA x : x + 1, n <- b
P == INSTANCE InstancedCounter WITH Max <- 1, Step <- One, n <- pair[1]
LOCAL INSTANCE FiniteSets
F == INSTANCE FiniteSets

--------------------------- MODULE Scaled ---------------------------
CONSTANT factor
Scale(x) == x * factor
Both(x) == One(Scale(x))
Deeper(d) == INSTANCE InstancedCounter WITH Max <- factor + d, Step <- Scale, n <- a
=====================================================================
Triple == INSTANCE Scaled WITH factor <- 3
Times(factor) == INSTANCE Scaled

Init == A!Start /\ B(2)!Start /\ pair = <<0, 0>>
Next ==
  \/ A!Move /\ UNCHANGED <<b, pair>>
  \/ B(2)!Move /\ UNCHANGED <<a, pair>>
  \/ pair' = [pair EXCEPT ![1] = 1 - @] /\ P!InRange' /\ UNCHANGED <<a, b>>
Spec == Init /\ [][Next]_<<a, b, pair>>

InRange == A!InRange /\ B(2)!InRange /\ P!InRange

\* The names x and most are bound here, and mean something else inside the instances.
Captured(x, most) == LET C(q) == INSTANCE InstancedCounter WITH Max <- q + x, Step <- One, n <- most
                     IN C(1)!InRange /\ C(2)!Larger({x + 2, x + 3}) = {x + 3}
Values ==
  /\ A!Sum(4) = 13
  /\ B(5)!factorial[4] = 24
  /\ B(1)!Larger(0..4) = 2..4 /\ A!Larger({a, 4}) = {4}
  /\ Triple!Both(2) = 7 /\ Times(2)!Both(b) = 2 * b + 1
  /\ Times(2)!Deeper(4)!Sum(1) = 7
  /\ Triple!Deeper(1)!Larger({4, 5}) = {5}
  /\ \A x \in 1..2 : Captured(x, x + 1)
  /\ Cardinality({a, b}) = F!Cardinality({a, b})
============================================================================
