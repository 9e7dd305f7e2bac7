// Runs machine code for arm64 that the assembler wrote to files, and prints what it did.
//
// A file has numbers of 64 bits: the sizes of the code in bytes, of the frame in words, and of the tables; the number of slots of the context;
// the distance of the code that is meant from the beginning; then the code, the words and the tables.
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>

typedef int64_t (*entry)(uint64_t *words, int64_t *context, int64_t target);

enum { next_row, last_row, tables, frame, stack_top, stack_end, copy_words, clear_words, copy_bits, equal_bits, look_up, recall };

static uint64_t stack[1 << 15];

// Has the place of a code in the universe of the numbers below 8.
static int64_t place(int64_t *context, int64_t code, int64_t universe) {
  (void)context;
  return universe == 0 && code >= 0 && code < 8 ? code : -1;
}

static int64_t read_number(FILE *file) {
  int64_t number;
  if (fread(&number, 8, 1, file) != 1) exit(2);
  return number;
}

int main(int count, char **names) {
  for (int index = 1; index < count; index++) {
    FILE *file = fopen(names[index], "rb");
    if (!file) return 2;
    int64_t bytes = read_number(file), words = read_number(file), numbers = read_number(file);
    int64_t slots = read_number(file), target = read_number(file);
    char *code = mmap(0, bytes, PROT_READ | PROT_WRITE, MAP_PRIVATE | MAP_ANONYMOUS, -1, 0);
    if (code == MAP_FAILED || fread(code, 1, bytes, file) != (size_t)bytes) return 2;
    uint64_t *values = calloc(words, 8);
    int64_t *table = calloc(numbers + 1, 8);
    int64_t *context = calloc(slots, 8);
    if (fread(values, 8, words, file) != (size_t)words || fread(table, 8, numbers, file) != (size_t)numbers) return 2;
    fclose(file);
    if (mprotect(code, bytes, PROT_READ | PROT_EXEC)) return 2;
    __builtin___clear_cache(code, code + bytes);
    unsigned char *rows = calloc(1 << 16, 1);
    context[next_row] = (int64_t)rows;
    context[last_row] = (int64_t)rows + (1 << 15);
    context[tables] = (int64_t)table;
    context[look_up] = (int64_t)place;
    context[stack_top] = (int64_t)stack;
    context[stack_end] = (int64_t)(stack + (1 << 15));
    int64_t answer = ((entry)code)(values, context, (int64_t)code + target);
    printf("%lld ", (long long)answer);
    for (unsigned char *byte = rows; byte < (unsigned char *)context[next_row]; byte++) printf("%02x", *byte);
    printf("\n");
  }
  return 0;
}
