--------------------- MODULE FilteredPermutations ---------------------
\* The operator filters the permutations of four values down to those that keep the first one; its definition is a set comprehension.
EXTENDS Naturals, TLC
CONSTANTS boss, a, b, c
VARIABLE work
Staff == {boss, a, b, c}
Sym == {f \in Permutations(Staff) : f[boss] = boss}
Init == work = [s \in Staff |-> 0]
Next == \E s \in Staff : work[s] < 2 /\ (s = boss \/ work[boss] > work[s])
                         /\ work' = [work EXCEPT ![s] = @ + 1]
BossLeads == \A s \in Staff : work[s] <= work[boss]
=======================================================================
