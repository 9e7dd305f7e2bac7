------------------------- MODULE RecordState -------------------------
\* One record holds a leader, its followers and a tuple of the last two leaders.
EXTENDS TLC
CONSTANTS Server, Null
VARIABLE st
Init == st = [leader |-> Null, follow |-> {}, last |-> <<Null, Null>>]
Elect(s) == /\ st.leader = Null
            /\ st' = [st EXCEPT !.leader = s, !.last = <<@[2], s>>]
Join(s) == /\ st.leader # Null /\ s # st.leader
           /\ st' = [st EXCEPT !.follow = @ \cup {s}]
Crash == /\ st.leader # Null /\ st.follow # {}
         /\ st' = [st EXCEPT !.leader = Null, !.follow = {}]
Next == Crash \/ \E s \in Server : Elect(s) \/ Join(s)
Sym == Permutations(Server)
LeaderLeads == st.leader \notin st.follow
======================================================================
