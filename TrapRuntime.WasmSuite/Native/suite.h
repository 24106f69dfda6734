/* Stands in front of what wasm2c writes. The generated code asks for wasm_rt_* symbols; the host, a .NET program, exports none, so each
   of them becomes a call through the table `suite_host`, which the host fills after it has loaded the library.
   The host defines TRAP_* (the numbers of its trap codes) ahead of this text. */
#include <stdarg.h>
#include <stddef.h>
#include "wasm-rt.h"

#if !WASM_RT_MEMCHECK_SIGNAL_HANDLER || WASM_RT_USE_STACK_DEPTH_COUNT
#error "The guest must leave its memory accesses and its stack depth unchecked."
#endif

#define SUITE_EXPORT __attribute__((visibility("default")))
#define SUITE_MAX_TYPE_LENGTH 2048

struct suite_host {
  void (*raise_trap)(int32_t code);
  uint32_t (*register_type)(uint32_t params, uint32_t results, const uint32_t* types);
  void (*allocate_memory)(void* memory, uint32_t initial_pages, uint32_t max_pages);
  uint32_t (*grow_memory)(void* memory, uint32_t pages);
  void (*free_memory)(void* memory);
  void (*allocate_table)(void* table, uint32_t elements, uint32_t max_elements, uint32_t element_size);
  uint32_t (*grow_table)(void* table, uint32_t delta, uint32_t element_size);
  void (*free_table)(void* table);
  uint32_t last_indirect_index;
};

SUITE_EXPORT struct suite_host* suite_host;

/* What a module gets for one of its imports: a function and its instance, or an object. */
struct suite_import {
  void* target;
  void* instance;
};

static __attribute__((noreturn)) void suite_raise(int32_t code) {
  suite_host->raise_trap(code);
  __builtin_unreachable();
}

static int suite_starts_with(const char* text, const char* start) {
  while (*start != 0 && *text == *start) {
    text++;
    start++;
  }
  return *start == 0;
}

/* One code stands for accesses outside a memory and outside a table; the helper that gave it knows which. */
static __attribute__((noreturn, noinline, cold)) void suite_trap(wasm_rt_trap_t reason, const char* function) {
  switch (reason) {
    case WASM_RT_TRAP_OOB:
      suite_raise(suite_starts_with(function, "funcref_table_") || suite_starts_with(function, "externref_table_")
                      ? TRAP_TABLE_ACCESS_OUT_OF_BOUNDS
                      : TRAP_HEAP_ACCESS_OUT_OF_BOUNDS);
    case WASM_RT_TRAP_INT_OVERFLOW: suite_raise(TRAP_INTEGER_OVERFLOW);
    case WASM_RT_TRAP_DIV_BY_ZERO: suite_raise(TRAP_INTEGER_DIVISION_BY_ZERO);
    case WASM_RT_TRAP_INVALID_CONVERSION: suite_raise(TRAP_BAD_CONVERSION_TO_INTEGER);
    case WASM_RT_TRAP_UNREACHABLE: suite_raise(TRAP_UNREACHABLE_CODE_REACHED);
    case WASM_RT_TRAP_UNCAUGHT_EXCEPTION: suite_raise(TRAP_UNCAUGHT_EXCEPTION);
    default: suite_raise(TRAP_NONE);
  }
}

/* One code stands for every indirect call that fails; the table tells which rule it broke. */
static __attribute__((noreturn, noinline, cold)) void suite_trap_indirect(const wasm_rt_funcref_table_t* table, uint32_t index) {
  suite_host->last_indirect_index = index;
  suite_raise(index >= table->size             ? TRAP_TABLE_ACCESS_OUT_OF_BOUNDS
              : table->data[index].func == NULL ? TRAP_INDIRECT_CALL_TO_NULL
                                                : TRAP_BAD_SIGNATURE);
}

static uint32_t suite_register_func_type(uint32_t params, uint32_t results, ...) {
  uint32_t types[SUITE_MAX_TYPE_LENGTH];
  va_list list;
  va_start(list, results);
  if (params + results > SUITE_MAX_TYPE_LENGTH) {
    suite_raise(TRAP_NONE);
  }
  for (uint32_t i = 0; i < params + results; i++) {
    types[i] = (uint32_t)va_arg(list, wasm_rt_type_t);
  }
  va_end(list);
  return suite_host->register_type(params, results, types);
}

static inline uint32_t suite_grow_funcref_table(wasm_rt_funcref_table_t* table, uint32_t delta, wasm_rt_funcref_t value) {
  uint32_t old = suite_host->grow_table(table, delta, sizeof(value));
  for (uint32_t i = 0; old != UINT32_MAX && i < delta; i++) {
    table->data[old + i] = value;
  }
  return old;
}

static inline uint32_t suite_grow_externref_table(wasm_rt_externref_table_t* table, uint32_t delta, wasm_rt_externref_t value) {
  uint32_t old = suite_host->grow_table(table, delta, sizeof(value));
  for (uint32_t i = 0; old != UINT32_MAX && i < delta; i++) {
    table->data[old + i] = value;
  }
  return old;
}

#define wasm_rt_is_initialized() true
#define wasm_rt_trap(reason) suite_trap(reason, __func__)
#define SUITE_TRAP_INDIRECT(table, index) (suite_trap_indirect(&(table), index), 0)
#define wasm_rt_register_func_type suite_register_func_type
#define wasm_rt_allocate_memory(memory, pages, max) suite_host->allocate_memory(memory, pages, max)
#define wasm_rt_grow_memory(memory, pages) suite_host->grow_memory(memory, pages)
#define wasm_rt_free_memory(memory) suite_host->free_memory(memory)
#define wasm_rt_allocate_funcref_table(table, size, max) suite_host->allocate_table(table, size, max, sizeof(wasm_rt_funcref_t))
#define wasm_rt_allocate_externref_table(table, size, max) suite_host->allocate_table(table, size, max, sizeof(wasm_rt_externref_t))
#define wasm_rt_grow_funcref_table suite_grow_funcref_table
#define wasm_rt_grow_externref_table suite_grow_externref_table
#define wasm_rt_free_funcref_table(table) suite_host->free_table(table)
#define wasm_rt_free_externref_table(table) suite_host->free_table(table)

/* Values on their way through words, for the functions whose values do not all fit registers of their own. */
static inline uint32_t suite_to_i(uint64_t word) { return (uint32_t)word; }
static inline uint64_t suite_to_j(uint64_t word) { return word; }
static inline float suite_to_f(uint64_t word) {
  float value;
  memcpy(&value, &word, sizeof(value));
  return value;
}
static inline double suite_to_d(uint64_t word) {
  double value;
  memcpy(&value, &word, sizeof(value));
  return value;
}
static inline wasm_rt_externref_t suite_to_e(uint64_t word) { return (wasm_rt_externref_t)word; }
static inline wasm_rt_funcref_t suite_to_r(uint64_t word) {
  return word == 0 ? wasm_rt_funcref_null_value : *(const wasm_rt_funcref_t*)word;
}
static inline uint64_t suite_from_i(uint32_t value) { return value; }
static inline uint64_t suite_from_j(uint64_t value) { return value; }
static inline uint64_t suite_from_f(float value) {
  uint64_t word = 0;
  memcpy(&word, &value, sizeof(value));
  return word;
}
static inline uint64_t suite_from_d(double value) {
  uint64_t word;
  memcpy(&word, &value, sizeof(value));
  return word;
}
static inline uint64_t suite_from_e(wasm_rt_externref_t value) { return (uint64_t)value; }
static inline uint64_t suite_from_r(wasm_rt_funcref_t value) { return (uint64_t)value.func; }
