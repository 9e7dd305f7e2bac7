-------------------------- MODULE AliasFails --------------------------
\* The alias takes the head of a sequence that is empty in the first state and fails to evaluate there.
EXTENDS Naturals, Sequences
VARIABLE queue
Init == queue = <<>>
Next == queue' = Append(queue, Len(queue))
First == [queue |-> queue, first |-> Head(queue)]
Short == Len(queue) < 2
=======================================================================
