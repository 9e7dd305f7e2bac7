--------------------------------- MODULE CSV ---------------------------------
(* Files of values with a separator. The checker evaluates the operators itself. *)
LOCAL INSTANCE TLC
LOCAL INSTANCE Integers

(* Adds a line: the template with the elements of the sequence filled in, as for Java's Formatter. *)
CSVWrite(template, val, file) == TRUE
CSVWriteRecord(record, delim, headers, file) == TRUE

(* A record of strings for each line. *)
CSVRead(columns, delimiter, file) == TRUE

(* The number of lines; 0 if there is no file. *)
CSVRecords(file) == CHOOSE n : n \in Nat
=============================================================================
