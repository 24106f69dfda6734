// Throws and catches inside the library, on whatever stack it runs.
#include <stdexcept>
#include <string>

namespace {

int s_destroyed;

struct Witness {
  ~Witness() { s_destroyed++; }
};

[[gnu::noinline]] int descend(int depth) {
  Witness witness;
  if (depth == 0) {
    throw std::runtime_error("the bottom");
  }
  return descend(depth - 1) + 1;
}

}  // namespace

// Gives the number of objects that the exception destroyed on its way.
extern "C" int throw_and_catch(int depth) {
  s_destroyed = 0;
  try {
    return -descend(depth);
  } catch (const std::runtime_error& error) {
    return std::string(error.what()) == "the bottom" ? s_destroyed : -1;
  }
}

// The same with a foreign function in the middle of the frames that the exception destroys only down to it.
extern "C" int catch_and_throw_again(int depth, int (*callback)(int)) {
  try {
    try {
      descend(depth);
    } catch (const std::exception&) {
      callback(depth);
      throw;
    }
  } catch (const std::runtime_error&) {
    return callback(depth + 1);
  }
  return -1;
}
