------------------------- MODULE LeaderVotes -------------------------
\* Servers vote in terms; a server that restarts forgets its vote, so a term may have two leaders.
EXTENDS Naturals, FiniteSets, TLC
CONSTANTS Server, Nil
VARIABLES vote, leader, restarts
Init == vote = [s \in Server |-> Nil] /\ leader = {} /\ restarts = 0
Vote(s, c) == vote[s] = Nil /\ vote' = [vote EXCEPT ![s] = c] /\ UNCHANGED <<leader, restarts>>
Win(c) == /\ c \notin leader
          /\ Cardinality({s \in Server : vote[s] = c}) >= 2
          /\ leader' = leader \cup {c} /\ UNCHANGED <<vote, restarts>>
Restart(s) == restarts < 2 /\ restarts' = restarts + 1 /\ vote[s] # Nil
              /\ vote' = [vote EXCEPT ![s] = Nil] /\ UNCHANGED leader
Next == \E s \in Server : Win(s) \/ Restart(s) \/ \E c \in Server : Vote(s, c)
Sym == Permutations(Server)
OneLeader == Cardinality(leader) <= 1
======================================================================
