---- MODULE NestedFunctions ----
\* Functions of functions: a matrix of distances that is relaxed, and functions of two arguments.
EXTENDS Naturals
VARIABLES dist, last
N == 0..2
Min(a, b) == IF a < b THEN a ELSE b
Init == dist = [i \in N |-> [j \in N |-> IF i = j THEN 0 ELSE IF i + j = 2 THEN 9 ELSE 2]] /\ last = [i, j \in {0} |-> 0]
Relax(i, j, k) ==
  /\ dist[i][j] > dist[i][k] + dist[k][j]
  /\ dist' = [dist EXCEPT ![i][j] = Min(@, dist[i][k] + dist[k][j]), ![j][i] = dist[i][k] + dist[k][j]]
  /\ last' = [a \in N, b \in {k} |-> dist[a][b]]
Set(i, j) ==
  /\ dist' = [dist EXCEPT ![i] = [@ EXCEPT ![j] = 4 - j], ![j][i] = 4 - j]
  /\ last' = [last EXCEPT ![0, 0] = IF <<0, 0>> \in DOMAIN last THEN last[0, 0] ELSE 1]
Next == \E i, j \in N : i < j /\ (Set(i, j) \/ \E k \in N : Relax(i, j, k))
Symmetric == \A i, j \in N : dist[i][j] = dist[j][i]
====
