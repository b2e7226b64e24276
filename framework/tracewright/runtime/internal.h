/* What the C files of the runtime share with each other and with generated code's entry points. */
#ifndef TRACEWRIGHT_INTERNAL_H
#define TRACEWRIGHT_INTERNAL_H

#include "tracewright.h"

#define TW_INTERRUPTED_BY_KEYBOARD 1
#define TW_INTERRUPTED_BY_MEMORY 2

extern uintptr_t tw_stack_top; /* where the native stack starts, for the collector's scan */
extern int tw_argument_count;
extern char **tw_argument_words;

void tw_interrupt(int64_t reason); /* announce an exception that the next poll raises */
void tw_initialize_heap(void);
void tw_initialize_program(void); /* generated: what must run before the entry function (hash tables of prebuilt dicts) */
int64_t tw_main(void);            /* generated: calls the entry function */

#endif
