------------------------ MODULE WorkersAndJobs ------------------------
\* Workers take jobs from a bag and finish them. The union of the permutations of two sets generates the product of both groups.
EXTENDS TLC
CONSTANTS Worker, Job, Nobody
VARIABLES holder, done
Init == holder = [j \in Job |-> Nobody] /\ done = {}
Idle(w) == \A j \in Job : holder[j] # w
Take(w, j) == /\ Idle(w) /\ holder[j] = Nobody /\ j \notin done
              /\ holder' = [holder EXCEPT ![j] = w] /\ UNCHANGED done
Finish(j) == /\ holder[j] # Nobody
             /\ holder' = [holder EXCEPT ![j] = Nobody]
             /\ done' = done \cup {j}
Next == \E j \in Job : Finish(j) \/ \E w \in Worker : Take(w, j)
Sym == Permutations(Worker) \cup Permutations(Job)
OneJobEach == \A j, k \in Job : j # k /\ holder[j] = holder[k] => holder[j] = Nobody
=======================================================================
