------------------------- MODULE JobsWithView -------------------------
\* Workers and jobs again, with the number of tries left out of the view and a deadlock when all jobs are done.
EXTENDS Naturals, TLC
CONSTANTS Worker, Job, Idle
VARIABLES does, open, tries
Init == does = [w \in Worker |-> Idle] /\ open = Job /\ tries = 0
Take(w, j) == does[w] = Idle /\ j \in open /\ does' = [does EXCEPT ![w] = j]
              /\ open' = open \ {j} /\ tries' = tries + 1
Fail(w) == does[w] # Idle /\ open' = open \cup {does[w]}
           /\ does' = [does EXCEPT ![w] = Idle] /\ UNCHANGED tries
Succeed(w) == does[w] # Idle /\ does' = [does EXCEPT ![w] = Idle] /\ UNCHANGED <<open, tries>>
Next == \E w \in Worker : Fail(w) \/ Succeed(w) \/ \E j \in Job : Take(w, j)
Sym == Permutations(Worker) \cup Permutations(Job)
View == <<does, open>>
Ok == \A v, w \in Worker : does[v] = does[w] /\ v # w => does[v] = Idle
=======================================================================
